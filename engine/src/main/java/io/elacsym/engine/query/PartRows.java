package io.elacsym.engine.query;

import io.elacsym.api.index.RowSet;

/** A part and the rows of it that may be returned. */
record PartRows(Part part, RowSet accept) {}
