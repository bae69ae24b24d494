/** The ways in: TCP, TLS and WebSocket, up to where bytes are MQTT. */
@NullMarked
package org.anban.gateway.listener;

import org.jspecify.annotations.NullMarked;
