-- Says voices, each different: a form sent by a signed-in member, as a browser sends it. The cookie comes after `--`.
local threads = {}

function setup(thread)
    table.insert(threads, thread)
    thread:set("id", #threads)
end

function init(arguments)
    number, taken, refused = 0, 0, 0
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    wrk.headers["Sec-Fetch-Site"] = "same-origin"
    wrk.headers["Cookie"] = arguments[1]
end

function request()
    number = number + 1
    local body = string.format(
        "csrf=bench&submission=bench-%d-%020d&kind=idea&consent=public&reply-by=receipt&words=%d-%d.+The+letters+arrive+late+and+nobody+reads+them+twice.",
        id, number, id, number)
    return wrk.format(nil, nil, nil, body)
end

-- 303 leads to the receipt; anything else is a voice that was not taken.
function response(status)
    if status == 303 then taken = taken + 1 else refused = refused + 1 end
end

function done(summary)
    local all, none = 0, 0
    for _, thread in ipairs(threads) do
        all = all + thread:get("taken")
        none = none + thread:get("refused")
    end
    print(string.format("taken %d refused %d microseconds %d", all, none, summary.duration))
end
