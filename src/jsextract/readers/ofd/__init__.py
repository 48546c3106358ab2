"""OFD, the national format for fixed pages (GB/T 33190): zip, XML, millimetres (版式文件)."""
