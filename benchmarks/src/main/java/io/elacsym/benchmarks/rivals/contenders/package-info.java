/**
 * Everything that takes part: our plugins, Lucene and JVector in this process, and libraries of
 * Python in a process that is told what to do line by line.
 */
package io.elacsym.benchmarks.rivals.contenders;
