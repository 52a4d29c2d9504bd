from ogive.comparison.words.sign_texts import Facts, tell_ratio
from ogive.text import Text


def test_a_ratio_of_gradients_is_a_sentence_in_both_languages():
    en, zh = tell_ratio(Facts(9855.0), Facts(0.29), Text("relu", "relu"))
    assert en == "its first layer's gradient is 9855 times that of its last, relu's is 0.29"
    assert zh == "其首层梯度是末层的 9855 倍，relu 的为 0.29 倍"


def test_the_best_goes_by_its_name_in_the_readers_language():
    clause = tell_ratio(Facts(1e-5), Facts(0.29), Text("depth 2", "深度 2"))
    assert "depth 2's is 0.29" in clause.en
    assert "深度 2 的为 0.29 倍" in clause.zh
