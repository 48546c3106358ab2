"""The only place that knows a PDF library: a file becomes pages of lines and rulings."""
