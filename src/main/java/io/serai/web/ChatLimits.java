package io.serai.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.util.WebUtils;

/** Counts the messages of visitors before they are read. */
@Component
class ChatLimits implements HandlerInterceptor {

    private final Limits limits;

    ChatLimits(Limits limits) {
        this.limits = limits;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (request.getMethod().equals(HttpMethod.POST.name())) {
            var visitor = WebUtils.getCookie(request, Visitors.COOKIE);
            limits.chat(visitor == null ? null : visitor.getValue(), request.getRemoteAddr());
        }
        return true;
    }
}
