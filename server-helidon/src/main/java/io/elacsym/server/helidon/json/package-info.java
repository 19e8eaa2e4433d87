/** Documents and schemas as JSON, in the form of the HTTP interface; also one document per line. */
package io.elacsym.server.helidon.json;
