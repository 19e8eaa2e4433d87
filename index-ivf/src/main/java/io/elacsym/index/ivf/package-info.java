/** Inverted lists: clustering, the blob, and the search. */
package io.elacsym.index.ivf;
