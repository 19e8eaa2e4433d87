/**
 * Does a request fit the schema? What a request gives is checked here, and only here, against the
 * schema of the snapshot that it meets, and becomes values of the right types.
 */
package io.elacsym.engine.check;
