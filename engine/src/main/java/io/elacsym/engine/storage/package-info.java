/** The storage an engine works on: proved before it is used, watched while it is. */
package io.elacsym.engine.storage;
