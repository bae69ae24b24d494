package org.anban.gateway.listener;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.ssl.SslHandler;
import java.net.InetSocketAddress;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import org.anban.gateway.packet.Fault;
import org.jspecify.annotations.Nullable;

/** What MQTT needs of what is below it. On the event loop of the channel. */
public final class Wire {
    /** What the handlers above are told of bytes that can never become MQTT. */
    public record Unusable(Fault fault, String why) {}

    static final String TLS = "tls";
    static final String FIRST_BYTES = "first bytes";
    static final String FRAMES = "frames";

    private Wire() {}

    /** The device whose certificate was verified, if the peer has one that names a device. */
    public static @Nullable String certified(Channel channel) {
        if (channel.pipeline().get(TLS) instanceof SslHandler tls) {
            try {
                Certificate[] chain = tls.engine().getSession().getPeerCertificates();
                return chain[0] instanceof X509Certificate own ? CertifiedDevice.of(own) : null;
            } catch (SSLPeerUnverifiedException e) {
                return null; // it showed none
            }
        }
        return null;
    }

    /** The peer's, for people to read. */
    public static String address(Channel channel) {
        return channel.remoteAddress() instanceof InetSocketAddress address && address.getAddress() != null
                ? address.getAddress().getHostAddress()
                : "unknown";
    }

    /** What it is called when a layer below MQTT cannot read what came. */
    public static Fault fault(Throwable cause) {
        if (cause.getCause() instanceof SSLException) {
            return Fault.TLS;
        }
        boolean large = cause instanceof CorruptedWebSocketFrameException frame
                && frame.closeStatus().equals(WebSocketCloseStatus.MESSAGE_TOO_BIG);
        return large ? Fault.TOO_LARGE : Fault.MALFORMED;
    }

    /** The device was let in: it may send more than a stranger. */
    public static void admitted(Channel channel) {
        if (channel.pipeline().get(FIRST_BYTES) != null) {
            channel.pipeline().remove(FIRST_BYTES);
        }
    }

    /** Sends what was written and says good-bye in each layer's own way; the peer may still be heard. */
    public static void end(DuplexChannel channel) {
        ChannelPipeline pipeline = channel.pipeline();
        if (pipeline.get(FRAMES) instanceof Frames frames) {
            frames.end();
        }
        pipeline.flush();
        if (pipeline.get(TLS) instanceof SslHandler tls) {
            ChannelFuture said = tls.closeOutbound();
            said.addListener(done -> channel.shutdownOutput());
        } else {
            channel.shutdownOutput();
        }
    }
}
