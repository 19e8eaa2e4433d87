/**
 * What a storage shows on an S3 server beyond the contract of the tck, whatever its client: tests
 * for the plugins to inherit. A plugin's own class names the provider, and adds what only its
 * client does.
 */
package io.elacsym.testing.s3.contract;
