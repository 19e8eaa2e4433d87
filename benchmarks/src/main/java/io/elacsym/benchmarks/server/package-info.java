/** A packaged Elacsym as users have it: started as a process, called over HTTP. */
package io.elacsym.benchmarks.server;
