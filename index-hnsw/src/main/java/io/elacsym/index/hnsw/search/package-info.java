/** How is a query answered: by a walk of the graph, with a filter or without, or by a scan? */
package io.elacsym.index.hnsw.search;
