/** Time, order and processes of a simulated cluster: what runs next? */
package io.elacsym.engine.simulation.world;
