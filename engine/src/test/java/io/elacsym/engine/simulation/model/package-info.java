/** What a simulated cluster has promised, and whether it keeps it. */
package io.elacsym.engine.simulation.model;
