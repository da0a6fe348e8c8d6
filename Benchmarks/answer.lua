-- Answers statements as strangers with private links do. After `--`: how many people there are, then the ids of the statements. Each answer
-- differs from the one before it of the same person to the same statement, so that each is written.
local threads = {}

function setup(thread)
    table.insert(threads, thread)
    thread:set("id", #threads)
end

function init(arguments)
    number, taken, refused = 0, 0, 0
    people = tonumber(arguments[1])
    statements = {}
    for place = 2, #arguments do table.insert(statements, arguments[place]) end
    wrk.method = "POST"
    wrk.headers["Content-Type"] = "application/x-www-form-urlencoded"
    wrk.headers["Sec-Fetch-Site"] = "same-origin"
end

function request()
    number = number + 1
    -- Each thread has people of its own, so that two never answer for the same one.
    local person = number % people
    local round = math.floor(number / people)
    local answer = ({ "agree", "disagree", "pass" })[math.floor(round / #statements) % 3 + 1]
    local path = string.format("/answering/bench%011d/answers", person * 16 + id)
    return wrk.format(nil, path, nil, "statement=" .. statements[round % #statements + 1] .. "&answer=" .. answer)
end

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
