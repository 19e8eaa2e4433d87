/** How does text of a language become terms? */
package io.elacsym.index.bm25.analysis;
