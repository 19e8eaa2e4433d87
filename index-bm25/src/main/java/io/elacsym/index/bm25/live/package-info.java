/** How are rows kept in memory, to be searched there or to be written? */
package io.elacsym.index.bm25.live;
