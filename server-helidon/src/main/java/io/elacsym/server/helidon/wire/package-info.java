/**
 * What bytes come and go over a connection, and for how long: accepting connections, reading heads
 * and bodies by the letter of RFC 9112, and ending what is too slow, broken or gone.
 *
 * <p>Everything that a client sends passes through here first. Helidon gets one head at a time, in
 * a form of ours, and never a byte behind it: so no byte of a body can ever be taken for a request.
 */
package io.elacsym.server.helidon.wire;
