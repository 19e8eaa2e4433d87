/** How fast is text search through the engine, beside plain Lucene? */
package io.elacsym.benchmarks.texts;
