/** How good are the results of text queries, by what people have judged? */
package io.elacsym.benchmarks.judged;
