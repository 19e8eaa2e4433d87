/**
 * The engine's requests, results and values: plain records that know no JSON and no HTTP, so that
 * every API family can be mapped onto them.
 */
package io.elacsym.engine.model;
