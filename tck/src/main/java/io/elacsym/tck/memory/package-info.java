/** A storage and a segment format that keep their promises in memory. */
package io.elacsym.tck.memory;
