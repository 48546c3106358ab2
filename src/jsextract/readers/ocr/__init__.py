"""Characters recognised in pictures of pages (文字识别); needs the extra `ocr`."""
