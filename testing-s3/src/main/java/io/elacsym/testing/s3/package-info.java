/**
 * Real S3 servers for tests, and a proxy that breaks the connections to them.
 *
 * <p>{@link io.elacsym.testing.s3.S3Server#shared} is the server a test talks to; {@link
 * io.elacsym.testing.s3.FaultyProxy} stands between the two when a test wants faults on the wire.
 */
package io.elacsym.testing.s3;
