/**
 * The strict mapping between JSON and the engine's requests, results and values. Every error names
 * the place in the request, the value found there and what was expected.
 */
package io.elacsym.server.helidon.mapping;
