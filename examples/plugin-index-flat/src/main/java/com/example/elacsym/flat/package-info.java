/** The vector index {@code flat}: all vectors in row order, compared one after the other. */
package com.example.elacsym.flat;
