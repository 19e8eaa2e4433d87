/** The installed plugins as the engine calls them: chosen by name, given a context. */
package io.elacsym.engine.plugin;
