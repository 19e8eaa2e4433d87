/** What is the graph, how is it walked, and how wide a beam does a recall take? */
package io.elacsym.index.hnsw.graph;
