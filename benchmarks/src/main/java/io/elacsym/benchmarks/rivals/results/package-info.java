/** What contenders have shown, and how it is told: as text, tables for documents, and pictures. */
package io.elacsym.benchmarks.rivals.results;
