"""Archives (压缩包) as folders: which files are in them, and the bytes of each; nothing of them is written anywhere."""
