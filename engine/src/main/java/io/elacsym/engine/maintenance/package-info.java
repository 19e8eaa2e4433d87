/** Work beside reads and writes: flush, compaction, rebuilding, reaping, verifying. */
package io.elacsym.engine.maintenance;
