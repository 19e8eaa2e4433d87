/**
 * JSON of the HTTP interface: requests become requests of the engine without anybody looking at a
 * schema, so that what they hold is still as it was given; results become answers. Also documents
 * and schemas for programs that speak to a server.
 */
package io.elacsym.server.helidon.json;
