/** What a namespace holds at one moment, and how it moves from one moment to the next. */
package io.elacsym.engine.snapshot;
