/** The live buffer: rows past the WAL floor, in memory, searched exactly. */
package io.elacsym.engine.live;
