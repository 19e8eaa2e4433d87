/** What filters cost: with an index and without, of many documents and of few. */
package io.elacsym.benchmarks.filters;
