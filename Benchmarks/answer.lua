-- Answers statements as strangers with private links do. After `--`: the first person, how many people there are for each thread, then the
-- statements' ids. Each answer differs from the one before it of the same person to the same statement, so that each is written.
dofile("taken.lua")

function init(arguments)
    begin()
    first, people = tonumber(arguments[1]), tonumber(arguments[2])
    statements = {}
    for place = 3, #arguments do table.insert(statements, arguments[place]) end
end

function request()
    number = number + 1
    -- Each thread has people of its own, so that two never answer for the same one.
    local person = first + (id - 1) * people + number % people
    local round = math.floor(number / people)
    local answer = ({ "agree", "disagree", "pass" })[math.floor(round / #statements) % 3 + 1]
    local path = string.format("/answering/bench%011d/answers", person)
    return wrk.format(nil, path, nil, "statement=" .. statements[round % #statements + 1] .. "&answer=" .. answer)
end
