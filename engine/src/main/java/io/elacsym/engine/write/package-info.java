/** The write path up to the WAL: checked, resolved, committed in groups. */
package io.elacsym.engine.write;
