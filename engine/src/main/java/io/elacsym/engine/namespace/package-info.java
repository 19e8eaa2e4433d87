/**
 * The namespaces of an engine: which there are, which are open, how they begin and end, and what is
 * done to the open ones by request and by the clock.
 */
package io.elacsym.engine.namespace;
