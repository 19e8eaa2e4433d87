/** What goes on beside reads and writes: flushing, merging, rebuilding, deleting. */
package io.elacsym.engine.upkeep;
