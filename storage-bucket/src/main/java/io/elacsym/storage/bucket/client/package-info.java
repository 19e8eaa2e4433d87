/**
 * The seam between the storage and a client library: single requests, their answers, and why they
 * have none.
 */
package io.elacsym.storage.bucket.client;
