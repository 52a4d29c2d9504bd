export const texts = {
  title: { en: "Take it along", zh: "带走模型" },
  about: {
    en: "The present model, to run without this page.",
    zh: "把当前的模型带走，无需本页面也能运行。",
  },
  python: { en: "Python (ogive)", zh: "Python（ogive）" },
  numpy: { en: "Python (NumPy only)", zh: "Python（仅 NumPy）" },
  json: { en: "JSON", zh: "JSON" },
  onnx: { en: "ONNX", zh: "ONNX" },
  copy: { en: "Copy", zh: "复制" },
  copied: { en: "Copied", zh: "已复制" },
  save: { en: "Save as a file", zh: "保存为文件" },
  saved: { en: "The file was handed to the browser.", zh: "文件已交给浏览器保存。" },
  working: { en: "Writing …", zh: "正在生成……" },
  offline: {
    en: "The server writes these; it does not answer at the moment.",
    zh: "这些文件由服务器生成，而服务器目前没有应答。",
  },
  source: { en: "Source", zh: "源代码" },
};
