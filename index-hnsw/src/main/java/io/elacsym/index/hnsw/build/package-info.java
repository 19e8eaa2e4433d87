/** How is a graph made of vectors, measured and put into order? */
package io.elacsym.index.hnsw.build;
