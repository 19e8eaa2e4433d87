/**
 * How is an index made of vectors: clusters, their order, codes, and what a recall target takes?
 */
package io.elacsym.index.ivf.build;
