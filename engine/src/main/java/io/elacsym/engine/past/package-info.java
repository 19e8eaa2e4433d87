/**
 * What brings the past back, or carries it elsewhere: kept versions, restoring, branching, backups,
 * checking and repairing.
 */
package io.elacsym.engine.past;
