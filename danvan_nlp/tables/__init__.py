"""Tables: one per kind of thing, in the columns of the data contract."""

from danvan_nlp.tables.read import make_frame, read_table
from danvan_nlp.tables.schema import TABLES, arrow_schema
from danvan_nlp.tables.write import FORMATS, Format, write_table

__all__ = ["FORMATS", "TABLES", "Format", "arrow_schema", "make_frame", "read_table", "write_table"]
