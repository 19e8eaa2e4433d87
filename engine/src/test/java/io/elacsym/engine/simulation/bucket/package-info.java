/** The bucket of a simulated cluster: what becomes of a request? */
package io.elacsym.engine.simulation.bucket;
