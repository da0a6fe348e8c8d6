-- Says voices, each different: a form sent by a signed-in member, as a browser sends it. The cookie comes after `--`.
dofile("taken.lua")

function init(arguments)
    begin()
    wrk.headers["Cookie"] = arguments[1]
end

function request()
    number = number + 1
    local body = string.format(
        "csrf=bench&submission=bench-%d-%020d&kind=idea&consent=public&reply-by=receipt&words=%d-%d.+The+letters+arrive+late+and+nobody+reads+them+twice.",
        id, number, id, number)
    return wrk.format(nil, nil, nil, body)
end
