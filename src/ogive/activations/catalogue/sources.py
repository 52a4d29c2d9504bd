"""The publications that the records cite."""

from __future__ import annotations

BARRON_2017 = (
    "Barron (2017). Continuously differentiable exponential linear units. arXiv:1704.07483."
)
BARRON_2021 = "Barron (2021). Squareplus: a softplus-like algebraic rectifier. arXiv:2112.11687."
BASIRAT_2018 = (
    "Basirat, Roth (2018). The quest for the golden activation function. arXiv:1808.00783."
)
BERGSTRA_2009 = (
    "Bergstra, Desjardins, Lamblin, Bengio (2009). Quadratic polynomials learn better image"
    " features. Technical report 1337, Université de Montréal."
)
BISHOP_2006 = "Bishop (2006). Pattern recognition and machine learning, section 4.3.5. Springer."
BLANCHARD_2021 = (
    "Blanchard, Higham, Higham (2021). Accurately computing the log-sum-exp and softmax"
    " functions. IMA Journal of Numerical Analysis 41, 2311-2330."
)
BRIDLE_1990 = (
    "Bridle (1990). Probabilistic interpretation of feedforward classification network outputs,"
    " with relationships to statistical pattern recognition."
)
BROOMHEAD_1988 = (
    "Broomhead, Lowe (1988). Multivariable functional interpolation and adaptive networks."
    " Complex Systems 2, 321-355."
)
BURBIDGE_1988 = (
    "Burbidge, Magee, Robb (1988). Alternative transformations to handle extreme values of the"
    " dependent variable. Journal of the American Statistical Association 83, 123-127."
)
CARLILE_2017 = (
    "Carlile, Delamarter, Kinney, Marti, Whitney (2017). Improving deep learning by inverse"
    " square root linear units (ISRLUs). arXiv:1710.09967."
)
CLEVERT_2015 = (
    "Clevert, Unterthiner, Hochreiter (2015). Fast and accurate deep network learning by"
    " exponential linear units (ELUs). arXiv:1511.07289."
)
COLLOBERT_2004 = "Collobert (2004). Large scale machine learning. Thesis, Université Paris 6."
COURBARIAUX_2016 = (
    "Courbariaux, Hubara, Soudry, El-Yaniv, Bengio (2016). Binarized neural networks."
    " arXiv:1602.02830."
)
DAS_2025 = (
    "Das, Safari, Adriaensen, Hutter (2025). Gompertz linear units: leveraging asymmetry for"
    " enhanced learning dynamics. arXiv:2502.03654."
)
DAUPHIN_2016 = (
    "Dauphin, Fan, Auli, Grangier (2016). Language modeling with gated convolutional networks."
    " arXiv:1612.08083."
)
DLMF = (
    "Olver et al. NIST digital library of mathematical functions, section 4.23(viii):"
    " Gudermannian function."
)
DONOHO_1994 = (
    "Donoho, Johnstone (1994). Ideal spatial adaptation by wavelet shrinkage. Biometrika 81,"
    " 425-455."
)
DUGAS_2001 = (
    "Dugas, Bengio, Bélisle, Nadeau, Garcia (2001). Incorporating second-order functional"
    " knowledge for better option pricing."
)
EGER_2019 = (
    "Eger, Youssef, Gurevych (2019). Is it time to swish? Comparing deep learning activation"
    " functions across NLP tasks. arXiv:1901.02671."
)
ELFWING_2017 = (
    "Elfwing, Uchibe, Doya (2017). Sigmoid-weighted linear units for neural network function"
    " approximation in reinforcement learning. arXiv:1702.03118."
)
ELLIOTT_1993 = (
    "Elliott (1993). A better activation function for artificial neural networks. Technical"
    " report 93-8, Institute for Systems Research, University of Maryland."
)
FUKUSHIMA_1969 = (
    "Fukushima (1969). Visual feature extraction by a multilayered network of analog threshold"
    " elements. IEEE Transactions on Systems Science and Cybernetics 5, 322-333."
)
GLOROT_2010 = (
    "Glorot, Bengio (2010). Understanding the difficulty of training deep feedforward neural"
    " networks."
)
GLOROT_2011 = "Glorot, Bordes, Bengio (2011). Deep sparse rectifier neural networks."
GOMES_2008 = (
    "Gomes, Ludermir (2008). Complementary log-log and probit: activation functions implemented"
    " in artificial neural networks."
)
GOODFELLOW_2016 = "Goodfellow, Bengio, Courville (2016). Deep learning, section 6.3. MIT Press."
GREGOR_2010 = "Gregor, LeCun (2010). Learning fast approximations of sparse coding."
HAFNER_2023 = (
    "Hafner, Pasukonis, Ba, Lillicrap (2023). Mastering diverse domains through world models."
    " arXiv:2301.04104."
)
HENDRYCKS_2016 = "Hendrycks, Gimpel (2016). Gaussian error linear units (GELUs). arXiv:1606.08415."
HE_2015 = (
    "He, Zhang, Ren, Sun (2015). Delving deep into rectifiers: surpassing human-level performance"
    " on ImageNet classification. arXiv:1502.01852."
)
HONG_2022 = (
    "Hong, Siegel, Tan, Xu (2022). On the activation function dependence of the spectral bias of"
    " neural networks. arXiv:2208.04924."
)
HOPFIELD_1984 = (
    "Hopfield (1984). Neurons with graded response have collective computational properties like"
    " those of two-state neurons. PNAS 81, 3088-3092."
)
HOWARD_2019 = "Howard et al. (2019). Searching for MobileNetV3. arXiv:1905.02244."
JARRETT_2009 = (
    "Jarrett, Kavukcuoglu, Ranzato, LeCun (2009). What is the best multi-stage architecture for"
    " object recognition?"
)
JOHN_1980 = (
    "John, Draper (1980). An alternative family of transformations. Applied Statistics 29, 190-197."
)
KERAS = "Keras documentation, layer activation functions: exponential."
KLAMBAUER_2017 = (
    "Klambauer, Unterthiner, Mayr, Hochreiter (2017). Self-normalizing neural networks."
    " arXiv:1706.02515."
)
KONDA_2014 = (
    "Konda, Memisevic, Krueger (2014). Zero-bias autoencoders and the benefits of co-adapting"
    " features. arXiv:1402.3337."
)
KRIZHEVSKY_2010 = "Krizhevsky (2010). Convolutional deep belief networks on CIFAR-10. Manuscript."
KUNC_2024 = (
    "Kunc, Kléma (2024). Three decades of activations: a comprehensive survey of 400 activation"
    " functions for neural networks. arXiv:2402.09092."
)
LECUN_1989 = (
    "LeCun (1989). Generalization and network design strategies. Technical report CRG-TR-89-4,"
    " University of Toronto."
)
LECUN_1998 = "LeCun, Bottou, Orr, Müller (1998). Efficient BackProp."
LIU_2020 = (
    "Liu, Di (2020). TanhExp: a smooth activation function with high convergence speed for"
    " lightweight neural networks. arXiv:2003.09855."
)
MAAS_2013 = (
    "Maas, Hannun, Ng (2013). Rectifier nonlinearities improve neural network acoustic models."
)
MARTINS_2016 = (
    "Martins, Astudillo (2016). From softmax to sparsemax: a sparse model of attention and"
    " multi-label classification. arXiv:1602.02068."
)
MCCULLAGH_1989 = "McCullagh, Nelder (1989). Generalized linear models. Chapman and Hall."
MCCULLOCH_1943 = (
    "McCulloch, Pitts (1943). A logical calculus of the ideas immanent in nervous activity."
)
MISRA_2019 = (
    "Misra (2019). Mish: a self regularized non-monotonic activation function. arXiv:1908.08681."
)
NAG_2021 = (
    "Nag, Bhattacharyya (2021). SERF: towards better training of deep neural networks using"
    " log-softplus error activation function. arXiv:2108.09598."
)
NAIR_2010 = "Nair, Hinton (2010). Rectified linear units improve restricted Boltzmann machines."
PETERSON_1987 = (
    "Peterson, Anderson (1987). A mean field theory learning algorithm for neural networks."
    " Complex Systems 1, 995-1019."
)
PYTORCH_HARDSHRINK = "PyTorch documentation: torch.nn.Hardshrink."
PYTORCH_LOGSIGMOID = "PyTorch documentation: torch.nn.LogSigmoid."
PYTORCH_LOG_SOFTMAX = "PyTorch documentation: torch.nn.LogSoftmax."
PYTORCH_SOFTMIN = "PyTorch documentation: torch.nn.Softmin."
PYTORCH_TANHSHRINK = "PyTorch documentation: torch.nn.Tanhshrink."
RADFORD_2021 = (
    "Radford et al. (2021). Learning transferable visual models from natural language"
    " supervision. arXiv:2103.00020."
)
RAHIMI_2007 = "Rahimi, Recht (2007). Random features for large-scale kernel machines."
RAMACHANDRAN_2017 = (
    "Ramachandran, Zoph, Le (2017). Searching for activation functions. arXiv:1710.05941."
)
RAMASINGHE_2021 = (
    "Ramasinghe, Lucey (2021). Beyond periodicity: towards a unifying framework for activations"
    " in coordinate-MLPs. arXiv:2111.15135."
)
RUMELHART_1986 = (
    "Rumelhart, Hinton, Williams (1986). Learning representations by back-propagating errors."
    " Nature 323, 533-536."
)
SAAD_1995 = (
    "Saad, Solla (1995). On-line learning in soft committee machines. Physical Review E 52,"
    " 4225-4243."
)
SHAZEER_2020 = "Shazeer (2020). GLU variants improve transformer. arXiv:2002.05202."
SITZMANN_2020 = (
    "Sitzmann, Martel, Bergman, Lindell, Wetzstein (2020). Implicit neural representations with"
    " periodic activation functions. arXiv:2006.09661."
)
SOPENA_1999 = (
    "Sopena, Romero, Alquézar (1999). Neural networks with periodic and monotonic activation"
    " functions: a comparative study in classification problems."
)
SO_2021 = (
    "So, Mańke, Liu, Dai, Shazeer, Le (2021). Primer: searching for efficient transformers for"
    " language modeling. arXiv:2109.08668."
)
WANG_2022 = (
    "Wang, Ren, Wang (2022). Smish: a novel activation function for deep learning methods."
    " Electronics 11, 540."
)
WIDROW_1960 = "Widrow, Hoff (1960). Adaptive switching circuits."
WILLIAMS_1998 = (
    "Williams (1998). Computation with infinite neural networks. Neural Computation 10, 1203-1216."
)
WILSON_1972 = (
    "Wilson, Cowan (1972). Excitatory and inhibitory interactions in localized populations of"
    " model neurons. Biophysical Journal 12, 1-24."
)
XU_2015 = (
    "Xu, Wang, Chen, Li (2015). Empirical evaluation of rectified activations in convolutional"
    " network. arXiv:1505.00853."
)
XU_2016 = "Xu, Huang, Li (2016). Revise saturated activation functions. arXiv:1602.05980."
ZHU_2021 = (
    "Zhu, Zeng, Liu, Zhang (2021). Logish: a new nonlinear nonmonotonic activation function for"
    " convolutional neural network. Neurocomputing 458, 490-499."
)
ZIYIN_2020 = (
    "Ziyin, Hartwig, Ueda (2020). Neural networks fail to learn periodic functions and how to fix"
    " it. arXiv:2006.08195."
)
