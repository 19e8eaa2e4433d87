/** What it costs to know which namespaces there are. */
package io.elacsym.benchmarks.namespaces;
