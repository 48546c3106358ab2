"""Rules as data: found, read, compiled and tested."""
