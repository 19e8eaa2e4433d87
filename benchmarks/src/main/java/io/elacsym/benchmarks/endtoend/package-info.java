/** A real server, measured from outside: started as users start it and called over HTTP. */
package io.elacsym.benchmarks.endtoend;
