/** What does a node's code say of its score for a query, and how far may that be off? */
package io.elacsym.index.hnsw.code;
