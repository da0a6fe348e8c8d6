import HTTPTypes
import NIOCore
import NIOHTTPTypes

/// Cuts off a request that has begun and does not end.
///
/// A caller who sends a byte now and then would otherwise hold a connection for ever: the idle timeout never comes. Answers 408 where nothing
/// was answered yet, then closes.
final class ArrivalLimit: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let limit: TimeAmount
    /// When the request that is arriving began; nil between requests.
    private var began: NIODeadline?
    private var isAnswering = false
    /// One alarm a connection, set anew when it rings too early: cheaper than one a request.
    private var alarm: Scheduled<Void>?

    init(limit: TimeAmount) { self.limit = limit }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head:
            began = context.eventLoop.now
            isAnswering = false
            if alarm == nil { ring(context, in: limit) }
        case .end: began = nil
        case .body: break
        }
        context.fireChannelRead(data)
    }

    func write(context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?) {
        if case .head = unwrapOutboundIn(data) { isAnswering = true }
        context.write(data, promise: promise)
    }

    func channelInactive(context: ChannelHandlerContext) {
        alarm?.cancel()
        context.fireChannelInactive()
    }

    private func ring(_ context: ChannelHandlerContext, in time: TimeAmount) {
        alarm = context.eventLoop.assumeIsolated().scheduleTask(in: time) {
            self.alarm = nil
            guard let began = self.began else { return }
            let rest = began + self.limit - context.eventLoop.now
            if rest > .zero { self.ring(context, in: rest) } else { self.cutOff(context) }
        }
    }

    private func cutOff(_ context: ChannelHandlerContext) {
        if !isAnswering {
            let words = "The request took too long to arrive. Please try again.\n"
            let headers: HTTPFields = [
                .connection: "close", .contentLength: String(words.utf8.count), .contentType: "text/plain; charset=utf-8",
            ]
            context.write(wrapOutboundOut(.head(HTTPResponse(status: .requestTimeout, headerFields: headers))), promise: nil)
            context.write(wrapOutboundOut(.body(ByteBuffer(string: words))), promise: nil)
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        }
        context.close(promise: nil)
    }
}
